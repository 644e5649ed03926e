export { type AuditTrail, type Verified, createAudit } from './audit';
export { type AuditEntry, type Mac } from './chain';
export { auditRoutes } from './routes';
