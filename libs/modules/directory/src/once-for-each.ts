/** What is made of an object once, for as long as that object lives: of a portal that many ask for within a moment, say. */
export function onceForEach<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  const made = new WeakMap<From, Made>();
  return (from) => {
    if (!made.has(from)) made.set(from, make(from));
    return made.get(from)!;
  };
}
