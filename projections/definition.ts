/**
 * Raised whenever a table or the meaning of a projection changes. A node writes and reads only generations of its own
 * definition, so that two versions of the program can run on one database, each with figures it understands.
 */
export const definition = 8;
