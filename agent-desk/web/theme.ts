import { type MantineColorsTuple, createTheme } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e6f4f3',
  '#cde7e5',
  '#a2d3d0',
  '#72bdb8',
  '#48a9a3',
  '#2a9a93',
  '#138078',
  '#0b6e69',
  '#085a56',
  '#044542',
];

/** One accent and one warm colour; sizes follow the reader's text size because everything is in rem. */
export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: "'Noto Sans Thai', sans-serif",
  headings: { fontFamily: "'Noto Sans Thai', sans-serif", fontWeight: '600' },
  lineHeights: { xs: '1.6', sm: '1.6', md: '1.6', lg: '1.6', xl: '1.6' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
});
