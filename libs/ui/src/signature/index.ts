export { default as DrawnSignature } from './DrawnSignature.vue';
export { FIELD, isFull, isSignature, pathOf, sentStrokes, type Strokes } from './strokes.js';
