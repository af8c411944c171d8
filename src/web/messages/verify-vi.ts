/** What the page “Kiểm chứng” says; apart from the rest, so that its script carries nothing else. */
export const verifyVi = {
  title: 'Kiểm chứng',
  description: 'Kiểm tra biên nhận của một sự việc trong nhật ký đã niêm phong, ngay trong trình duyệt.',
  lead: 'Mỗi sự việc của hội sách được ghi vào một nhật ký chỉ ghi thêm: không sửa, không bỏ. Cứ vài giây nhật ký lại được niêm phong bằng chữ ký số. Có biên nhận trong tay, bạn tự kiểm tra được mà không phải tin máy chủ.',
  check: {
    title: 'Kiểm tra một biên nhận',
    hint: 'Dán nội dung biên nhận vào ô dưới đây hoặc chọn tệp. Việc kiểm tra diễn ra ngay trong trình duyệt này; biên nhận không được gửi đi đâu.',
    label: 'Nội dung biên nhận (JSON)',
    file: 'Chọn tệp biên nhận',
    button: 'Kiểm tra',
    working: 'Đang kiểm tra…',
    fetching: (position: string) => `Đang lấy biên nhận của sự việc số ${position}…`,
    noScript: 'Cần bật JavaScript để kiểm tra biên nhận trên trang này.',
  },
  verdict: {
    good: {
      title: 'Biên nhận hợp lệ',
      text: 'Sự việc này có trong nhật ký đã niêm phong, đúng nguyên văn như khi được ghi.',
    },
    bad: {
      title: 'Biên nhận không hợp lệ',
      text: 'Không thể dựa vào biên nhận này. Bước không đạt được nêu dưới đây.',
    },
    open: {
      title: 'Chưa kiểm tra được đầy đủ',
      text: 'Các phần của biên nhận khớp với nhau, nhưng chưa đối chiếu được khóa với hệ thống này.',
    },
  },
  stopped: {
    empty: { title: 'Chưa có biên nhận', text: 'Hãy dán nội dung biên nhận hoặc chọn tệp, rồi bấm “Kiểm tra”.' },
    cannot: {
      title: 'Trình duyệt này chưa kiểm tra được',
      text: 'Cần trình duyệt phiên bản mới và địa chỉ bắt đầu bằng https:// (hoặc mở trang ngay trên máy chủ).',
    },
    unreadable: { title: 'Không đọc được tệp', text: 'Tệp quá lớn (trên 1 MB) hoặc không mở được. Hãy chọn tệp khác.' },
    forbidden: {
      title: 'Chưa lấy được biên nhận',
      text: 'Biên nhận dành cho ban tổ chức và kiểm tra viên. Hãy đăng nhập, hoặc dán biên nhận mà bạn đã nhận được.',
    },
    unsealed: {
      title: 'Sự việc chưa được niêm phong',
      text: 'Sự việc mới hơn dấu niêm phong gần nhất. Hãy thử lại sau vài giây.',
    },
    refused: {
      title: 'Chưa lấy được biên nhận',
      text: 'Hệ thống đang bận hoặc gặp lỗi. Hãy thử lại sau ít phút.',
    },
    failed: { title: 'Chưa lấy được biên nhận', text: 'Không kết nối được với hệ thống. Kiểm tra mạng rồi thử lại.' },
  },
  steps: {
    readable: {
      name: 'Biên nhận đầy đủ',
      good: () => 'Có đủ sự việc, dấu niêm phong, chuỗi mã băm và khóa.',
      bad: () => 'Nội dung này không phải là biên nhận, hoặc đã bị cắt mất một phần.',
      open: () => 'Chưa xét.',
    },
    included: {
      name: 'Sự việc nằm trong nhật ký đã niêm phong',
      good: (_key: string, size: string) =>
        `Mã băm của sự việc dẫn đúng đến mã băm gốc của ${size} sự việc được niêm phong.`,
      bad: () =>
        'Mã băm của sự việc không dẫn đến mã băm gốc được niêm phong: nội dung sự việc, vị trí hoặc chuỗi mã băm đã bị sửa.',
      open: () => 'Chưa xét, vì một bước khác không đạt.',
    },
    signed: {
      name: 'Dấu niêm phong có chữ ký hợp lệ',
      good: (key: string) => `Chữ ký Ed25519 bằng khóa ${key}.`,
      bad: () => 'Không khóa nào trong biên nhận đã ký dấu niêm phong này: dấu niêm phong hoặc khóa đã bị thay.',
      open: () => 'Chưa xét, vì một bước khác không đạt.',
    },
    published: {
      name: 'Khóa là khóa của hệ thống này',
      good: (key: string) => `Khóa ${key} trùng với khóa mà hệ thống này công bố cho dấu niêm phong ấy.`,
      bad: (key: string) =>
        `Hệ thống này không công bố khóa ${key} cho dấu niêm phong ấy: khóa đã được thay từ trước, biên nhận thuộc về hệ thống khác hoặc là giả.`,
      open: (key: string) =>
        key === ''
          ? 'Chưa xét, vì một bước khác không đạt.'
          : `Chưa hỏi được hệ thống. Hãy so khóa ${key} với khóa mà bạn đã giữ từ trước.`,
    },
  },
  outcome: { good: 'Đạt', bad: 'Không đạt', open: 'Chưa xét' },
  fact: {
    title: 'Biên nhận nói gì',
    what: 'Sự việc',
    occurred: 'Xảy ra lúc',
    recorded: 'Hệ thống nhận lúc',
    position: 'Số thứ tự trong nhật ký',
    sealed: 'Niêm phong',
    sealedSize: (size: string, origin: string) => `${size} sự việc đầu tiên của ${origin}`,
    hash: 'Mã băm của sự việc',
    whole: 'Xem nguyên văn',
    save: 'Lưu biên nhận này',
  },
  proved: {
    title: 'Điều được chứng minh',
    points: [
      'Sự việc trong biên nhận có trong nhật ký lúc niêm phong, đúng từng ký tự và đúng vị trí.',
      'Sửa, bỏ, chèn hay đổi chỗ một sự việc đã niêm phong đều làm mã băm gốc khác đi. Ai giữ một dấu niêm phong cũ sẽ phát hiện được, kể cả khi toàn bộ cơ sở dữ liệu bị ghi lại.',
      'Mọi số liệu được tính lại từ nhật ký. Lệnh kiểm tra nêu rõ sự việc nào và con số nào khác.',
    ],
  },
  notProved: {
    title: 'Điều không được chứng minh',
    points: [
      'Người ghi có ghi đúng sự thật hay không. Niêm phong chỉ cho biết điều đã ghi không bị sửa về sau.',
      'Sự việc mới hơn dấu niêm phong gần nhất, thường là vài giây.',
      'Nếu khóa niêm phong bị lộ, kẻ xấu có thể ký một nhật ký khác. Vì vậy hãy giữ dấu niêm phong ở nơi ngoài hệ thống.',
      'Ai là ai: nhật ký và biên nhận không chứa dữ liệu cá nhân.',
    ],
  },
  keep: {
    title: 'Giữ một dấu niêm phong',
    text: 'Mở dấu niêm phong hiện tại, lưu thành tệp và cất ở nơi ngoài hệ thống: thư điện tử, ổ nhớ rời, bản in. Mỗi dấu niêm phong chỉ vài dòng chữ và không có gì bí mật.',
    current: 'Dấu niêm phong hiện tại',
    keys: 'Khóa đã công bố',
    later: 'Về sau, người quản trị đối chiếu toàn bộ nhật ký và số liệu với dấu niêm phong ấy:',
  },
  receipts: {
    title: 'Lấy biên nhận ở đâu?',
    text: 'Ban tổ chức và kiểm tra viên mở một con số trên bảng theo dõi, xem danh sách sự việc làm nên số đó và chọn “Kiểm chứng sự việc này”. Biên nhận có thể trao cho bất kỳ ai.',
  },
};
