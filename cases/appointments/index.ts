export { type Appointments, type Booking, createAppointments } from './appointments';
export { appointmentCommands } from './commands';
export { appointmentRoutes } from './routes';
export { servicePointsSchema, slotsOf } from './points';
