/** Calls `action` at most once in `milliseconds`; calls in between are swallowed. */
export function occasionally<Argument>(
  milliseconds: number,
  action: (argument: Argument) => void,
): (argument: Argument) => void {
  let next = 0;
  return (argument) => {
    const now = performance.now();
    if (now < next) return;
    next = now + milliseconds;
    action(argument);
  };
}
