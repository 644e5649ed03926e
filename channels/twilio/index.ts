export { classOf, type CodeClass, faultOf, isLasting, reasonFor } from './codes';
export {
  afterFailure,
  backoff,
  clockToleranceMs,
  type Failure,
  failureOf,
  listedAfterMs,
  within,
} from './failures';
export { twilioClient } from './client';
export { fieldsOf, formOf } from './form';
export { verifySignature } from './signature';
