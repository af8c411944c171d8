/** What is said to somebody who is not in yet: first page, signing in, and pages that cannot be shown. */
export const welcomeVi = {
  title: 'Hệ thống đã sẵn sàng',
  lead: 'Cơ sở dữ liệu còn trống. Còn vài bước nữa là có bảng theo dõi trực tiếp đầu tiên.',
  leadSignedIn: 'Bạn đã đăng nhập. Chưa có hội sách nào; hãy tạo hội sách đầu tiên.',
  openLink: 'Mở liên kết dùng một lần',
  openLinkText:
    'Trong cửa sổ dòng lệnh nơi vừa chạy npm start có in một liên kết. Mở liên kết đó trên máy này và bấm nút để trở thành người quản trị đầu tiên.',
  openLinkLost: 'Không còn thấy liên kết? Tạo liên kết mới:',
  openLinkDone: 'Đã xong: bạn đang đăng nhập.',
  makeFair: 'Tạo hội sách qua API',
  makeFairText:
    'Lấy mã truy cập, rồi gửi thông tin hội sách. Sửa tên, ngày, địa điểm và cổng cho đúng. Gửi lại lần nữa cũng không tạo thêm hội sách thứ hai.',
  token: 'Mã truy cập (in ra một lần, hãy giữ kín)',
  request: 'Tạo hội sách',
  allRequests: 'Toàn bộ giao diện lập trình (API)',
  demo: 'Hoặc xem thử với số liệu mẫu',
  demoText:
    'Hội sách Bắc Ninh 2022 được dựng lại từ sự việc đầu tiên, trong thư mục dữ liệu riêng, không ảnh hưởng dữ liệu của bạn.',
};

export const signInVi = {
  title: 'Đăng nhập',
  lead: 'Bấm nút để vào hệ thống trên thiết bị này. Liên kết đăng nhập chỉ dùng được một lần; liên kết theo dõi phiếu đăng ký hoặc đoàn thì dùng lại được.',
  button: 'Vào hệ thống',
  working: 'Đang đăng nhập…',
  welcome: 'Đã đăng nhập. Đang mở trang…',
  noSecret: 'Liên kết chưa đủ',
  noSecretText:
    'Địa chỉ này thiếu phần mã ở cuối. Hãy mở lại liên kết đầy đủ, bắt đầu từ chính tin nhắn hoặc cửa sổ dòng lệnh đã gửi liên kết cho bạn.',
  used: 'Liên kết không còn dùng được',
  usedText:
    'Liên kết đã được dùng hoặc đã hết hạn. Hãy xin ban tổ chức một liên kết mới; người quản trị tạo bằng lệnh sau, với mã của hội sách:',
  failed: 'Chưa đăng nhập được',
  failedText: 'Không kết nối được với hệ thống. Kiểm tra mạng rồi bấm lại; liên kết vẫn còn dùng được.',
  again: 'Thử lại',
  noScript: 'Cần bật JavaScript để đăng nhập.',
};

export const problemsVi = {
  'not-found': {
    title: 'Không có trang này',
    text: 'Địa chỉ có thể gõ sai, hoặc trang này cần đăng nhập mới xem được.',
  },
  forbidden: {
    title: 'Bạn chưa được xem trang này',
    text: 'Quyền hiện tại của bạn không bao gồm trang này. Hãy hỏi ban tổ chức nếu bạn cần xem.',
  },
  unauthorised: {
    title: 'Cần đăng nhập',
    text: 'Trang này dành cho người có quyền xem. Hãy mở liên kết đăng nhập mà ban tổ chức đã gửi cho bạn.',
  },
  busy: {
    title: 'Hệ thống đang bận',
    text: 'Đang có rất nhiều người truy cập. Chờ vài giây rồi tải lại trang. Các lượt đã ghi nhận không bị mất.',
  },
  failed: {
    title: 'Hệ thống gặp lỗi',
    text: 'Lỗi đã được ghi lại. Các lượt đã ghi nhận không bị mất. Hãy tải lại trang; nếu vẫn lỗi, gửi mã yêu cầu dưới đây cho người quản trị.',
  },
  request: 'Mã yêu cầu',
  home: 'Về trang chủ',
  reload: 'Tải lại trang',
};
