export const TEMPLATE_PREFIX = 'hoi_sach_template_';
export const TEST_PREFIX = 'hoi_sach_test_';

/** The same server and login, another database. */
export const inDatabase = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};
