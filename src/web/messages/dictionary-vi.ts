import type { Dictionary } from './dictionary.ts';

export const dictionaryVi: Dictionary = {
  visits: {
    name: 'Lượt người tham gia',
    rule: 'Số người được ghi nhận vào cổng theo quy tắc tính lượt của hội sách (thường là mỗi thẻ tham dự một lần trong ngày, theo số người thực vào). Cộng số thực tế của các đoàn trường và số khách đếm tay; cộng hoặc trừ các điều chỉnh của ban tổ chức. Người làm việc tại hội sách không được tính.',
    source: 'Lượt quét thẻ tại cổng, xác nhận đoàn trường đến, đếm tay, điều chỉnh của ban tổ chức.',
  },
  entries: {
    name: 'Lượt qua cổng',
    rule: 'Mọi lần vào cổng, kể cả ra rồi vào lại. Được nêu bên cạnh lượt người tham gia, không bao giờ cộng lẫn với nhau.',
    source: 'Lượt quét thẻ tại cổng, xác nhận đoàn trường đến, đếm tay.',
  },
  'unique-visitors': {
    name: 'Số người (không trùng)',
    rule: 'Số thẻ tham dự khác nhau đã vào cổng ít nhất một lần. Đoàn trường và khách đếm tay không phân biệt được từng người, nên chỉ công bố “ít nhất” chừng ấy người và không suy đoán thêm.',
    source: 'Lượt quét thẻ tại cổng.',
  },
  'inside-now': {
    name: 'Đang có mặt',
    rule: 'Số người đã vào trừ số người đã ra, kể cả người làm việc tại hội sách. Đến giờ đóng cửa, mọi người được coi là đã ra. Ghi “ước tính” ở nơi không quét lượt ra hoặc khách đếm tay không có số ra.',
    source: 'Lượt quét vào và ra, đoàn trường đến, đếm tay vào và ra.',
  },
  'peak-inside': {
    name: 'Cao điểm có mặt',
    rule: 'Số người có mặt cùng một lúc lớn nhất từ đầu hội sách đến nay.',
    source: 'Lượt quét vào và ra, đoàn trường đến, đếm tay vào và ra.',
  },
  excluded: {
    name: 'Không tính vào lượt',
    rule: 'Lượt của ban tổ chức, đơn vị tham gia, báo chí và nhà thầu. Đếm riêng: có trong số đang có mặt, không bao giờ có trong lượt người tham gia hay số người.',
    source: 'Lượt quét thẻ tại cổng, đếm tay.',
  },
  'organisations-registered': {
    name: 'Đơn vị đăng ký',
    rule: 'Các đơn vị từng được chấp thuận tham gia, kể cả đơn vị sau đó vắng mặt. Nhiều phiếu đăng ký cùng mã số thuế là một đơn vị.',
    source: 'Phiếu đăng ký tham gia và kết quả xét duyệt.',
  },
  'organisations-present': {
    name: 'Đơn vị tham gia',
    rule: 'Các đơn vị đã nhận gian hàng, nghĩa là có mặt tại hội sách chứ không chỉ đăng ký.',
    source: 'Xác nhận nhận gian hàng.',
  },
  booths: {
    name: 'Gian hàng',
    rule: 'Số gian hàng đang có đơn vị sử dụng. Một đơn vị có thể có nhiều gian hàng.',
    source: 'Xếp gian hàng, xác nhận nhận gian hàng.',
  },
  titles: {
    name: 'Tên sách',
    rule: 'Số tên sách khác nhau theo ISBN hoặc mã vạch (theo mã của đơn vị nếu không có), tính chung cho tất cả đơn vị: một tên sách có ở nhiều đơn vị chỉ tính một lần.',
    source: 'Danh mục xuất bản phẩm mới nhất của các đơn vị.',
  },
  'catalogue-lines': {
    name: 'Dòng danh mục',
    rule: 'Tổng số dòng trong danh mục xuất bản phẩm của các đơn vị. Một tên sách ở hai đơn vị là hai dòng.',
    source: 'Danh mục xuất bản phẩm mới nhất của các đơn vị.',
  },
  'copies-declared': {
    name: 'Bản sách đăng ký',
    rule: 'Tổng số bản sách trong danh mục mới nhất của các đơn vị được chấp thuận tham gia, trừ đơn vị sau đó bị từ chối, đã rút, vắng mặt hoặc bị hủy. Đây là số đăng ký, không phải số trưng bày hay bán ra.',
    source: 'Danh mục xuất bản phẩm mới nhất của các đơn vị.',
  },
  'copies-displayed': {
    name: 'Bản sách trưng bày',
    rule: 'Số bản sách được kiểm đếm khi đưa vào gian hàng.',
    source: 'Kiểm đếm tại gian hàng.',
  },
  'copies-sold': {
    name: 'Bản sách bán ra',
    rule: 'Số bản sách đã bán, trừ hoàn trả: phần ghi nhận từng giao dịch, cộng phần tự khai trong ngày vượt quá số đã ghi nhận, để không tính hai lần.',
    source: 'Giao dịch bán và hoàn trả, khai báo hằng ngày của đơn vị.',
  },
  'copies-donated': {
    name: 'Bản sách tặng',
    rule: 'Số bản sách đã tặng: phần ghi nhận từng lần, cộng phần tự khai trong ngày vượt quá số đã ghi nhận.',
    source: 'Kiểm đếm tại gian hàng, khai báo hằng ngày của đơn vị.',
  },
  'copies-left': {
    name: 'Bản sách còn lại',
    rule: 'Trưng bày cộng bổ sung, trừ bán ra, trừ tặng, trừ rút. Số kiểm đếm cuối kỳ được ghi riêng, kèm lý do nếu đơn vị nêu, và không làm thay đổi con số này.',
    source: 'Kiểm đếm tại gian hàng, giao dịch, khai báo hằng ngày của đơn vị.',
  },
  revenue: {
    name: 'Doanh thu',
    rule: 'Tiền bán sách thực thu của các đơn vị, tính bằng đồng, đã trừ hoàn trả: phần ghi nhận từng giao dịch cộng phần tự khai.',
    source: 'Giao dịch bán và hoàn trả, khai báo hằng ngày của đơn vị.',
  },
  'revenue-recorded': {
    name: 'Doanh thu ghi nhận từng giao dịch',
    rule: 'Tiền thực thu của từng giao dịch bán, trừ hoàn trả.',
    source: 'Giao dịch bán và hoàn trả.',
  },
  'revenue-declared': {
    name: 'Doanh thu tự khai',
    rule: 'Phần doanh thu đơn vị khai trong ngày vượt quá số đã ghi nhận từng giao dịch.',
    source: 'Khai báo hằng ngày của đơn vị.',
  },
  'activities-planned': {
    name: 'Hoạt động dự kiến',
    rule: 'Số hoạt động có trong chương trình.',
    source: 'Chương trình hội sách.',
  },
  'activities-held': {
    name: 'Hoạt động đã diễn ra',
    rule: 'Số hoạt động được xác nhận đã diễn ra.',
    source: 'Xác nhận của ban tổ chức.',
  },
  readers: {
    name: 'Lượt bạn đọc',
    rule: 'Số lượt bạn đọc tại các điểm dừng của xe thư viện lưu động.',
    source: 'Ghi nhận tại điểm dừng của xe thư viện lưu động.',
  },
  circulation: {
    name: 'Lượt sách luân chuyển',
    rule: 'Số lượt mượn, đọc sách tại các điểm dừng của xe thư viện lưu động.',
    source: 'Ghi nhận tại điểm dừng của xe thư viện lưu động.',
  },
  schools: {
    name: 'Trường',
    rule: 'Số trường có đoàn đã đến hội sách.',
    source: 'Đăng ký đoàn trường và xác nhận đoàn đến.',
  },
  classes: {
    name: 'Lớp',
    rule: 'Số lớp của các đoàn trường đã đến, theo đăng ký của đoàn.',
    source: 'Đăng ký đoàn trường và xác nhận đoàn đến.',
  },
  pupils: {
    name: 'Học sinh theo đoàn',
    rule: 'Số người thực tế của các đoàn trường khi đến cổng. Là lượt, không phải số người không trùng.',
    source: 'Xác nhận đoàn trường đến.',
  },
};
