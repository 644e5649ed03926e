export { type Appointments, type Booking, createAppointments } from './appointments';
export { type CalendarWords, calendarFile } from './calendar';
export { type CalendarAddresses, calendarAddresses, calendarRoutes } from './calendar-routes';
export { appointmentCommands } from './commands';
export { appointmentRoutes } from './routes';
export { servicePointsSchema, slotsOf } from './points';
