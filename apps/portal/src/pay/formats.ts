import type { useFigures, useFormat } from '@balcao/ui';

export type Formats = ReturnType<typeof useFormat>['value'];
export type Figures = ReturnType<typeof useFigures>['value'];
