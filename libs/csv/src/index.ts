export { csvRecords, csvRows, separatorOf, type CsvRecord, type Separator } from './read.js';
export { decodeText, isForeignFile } from './decode.js';
export { csvLine, TEXT_MARK } from './write.js';
