/** What the public total says while it is live; apart from the rest, so that a phone loads nothing else. */
export const liveVi = {
  asOf: (moment: string) => `Số liệu lúc ${moment}`,
  soFar: 'lượt người tham gia tính đến lúc này',
  notOpen: 'Chưa có lượt nào được ghi nhận.',
  status: {
    provisional: 'Số liệu sơ bộ',
    final: 'Số liệu chính thức',
    incomplete: 'Số liệu chưa đủ',
    'not-collected': 'Chưa thu thập',
  },
  connection: {
    connecting: 'Đang kết nối…',
    live: 'Đang cập nhật trực tiếp',
    reconnecting: 'Mất kết nối, đang thử lại. Số đang hiện là số cuối cùng nhận được.',
    offline: 'Thiết bị không có mạng. Số đang hiện là số cuối cùng nhận được.',
    'signed-out': 'Phiên làm việc đã hết. Mở lại liên kết đăng nhập để tiếp tục xem.',
    outdated: 'Có phiên bản mới. Tải lại trang để tiếp tục xem.',
  },
};
