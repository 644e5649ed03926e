export { nextDue, ruleFault } from './recurrence';
export { sendingTimes } from './sending-times';
export { type SendingWindow, type Windows, createWindows, sendingWindows } from './windows';
