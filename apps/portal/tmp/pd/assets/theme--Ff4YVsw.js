(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('balcao-theme');
  } catch (error) {
    // Storage is switched off: the system decides.
  }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.add(dark ? 'dark' : 'light');
})();
