/** What reading a token takes of jose; a file of its own, because who only writes tokens never loads it. */
export { decodeProtectedHeader, errors, jwtVerify } from 'jose';
