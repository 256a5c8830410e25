export { ListProblem, textOf, writePeople, type PersonLine } from './people-csv.js';
export { usePeopleList } from './use-people-list.js';
