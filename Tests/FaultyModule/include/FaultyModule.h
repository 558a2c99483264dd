/* A PKCS#11 module for the tests; everything it offers is found by C_GetFunctionList. */
