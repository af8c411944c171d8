/** Hà Nội, Hải Phòng, Huế, Đà Nẵng, TP. Hồ Chí Minh, Cần Thơ. Source: Decision 19/2025/QĐ-TTg, codes of 1 July 2025. */
const cities: readonly string[] = ['01', '31', '46', '48', '79', '92'];

/** Of the 34 first-level units six are cities under the central government, and are never called a province. */
export const unitOf = (province: string): 'city' | 'province' => (cities.includes(province) ? 'city' : 'province');
