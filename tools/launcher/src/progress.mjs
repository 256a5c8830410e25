// @ts-check

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Says what goes on while it goes on: a turning line with the elapsed seconds on a terminal, one plain line when it
 * begins and one when it is done elsewhere.
 * @template T
 * @param {string} what in the -ing form: "Installing packages"
 * @param {() => Promise<T>} work
 * @param {NodeJS.WriteStream} [out]
 * @returns {Promise<T>}
 */
export async function step(what, work, out = process.stdout) {
  const began = Date.now();
  const stop = out.isTTY ? turningLine(what, began, out) : plainLine(what, out);
  try {
    const result = await work();
    stop(`✓ ${what} (${secondsSince(began)})\n`);
    return result;
  } catch (error) {
    stop(`✗ ${what} (${secondsSince(began)})\n`);
    throw error;
  }
}

/** @param {string} what @param {NodeJS.WriteStream} out */
function plainLine(what, out) {
  out.write(`· ${what} …\n`);
  return (/** @type {string} */ last) => out.write(last);
}

/** @param {string} what @param {number} began @param {NodeJS.WriteStream} out */
function turningLine(what, began, out) {
  let frame = 0;
  const draw = () => {
    out.write(`\r\u001b[2K${FRAMES[frame % FRAMES.length]} ${what} … ${secondsSince(began)}`);
    frame += 1;
  };
  draw();
  const timer = setInterval(draw, 100);
  return (/** @type {string} */ last) => {
    clearInterval(timer);
    out.write(`\r\u001b[2K${last}`);
  };
}

/** @param {number} began */
function secondsSince(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
