/** What the page that looks back says (“Xem số liệu tại một thời điểm”). */
export const pastVi = {
  title: 'Xem số liệu tại một thời điểm',
  open: 'Xem lại một thời điểm',
  lead: 'Mọi số liệu của hội sách đều xem lại được: những gì đã diễn ra đến thời điểm ấy, và những gì đã được ghi nhận khi ấy.',
  asOf: 'Tính đến',
  asOfHint: 'Chỉ tính những gì đã diễn ra trước thời điểm này. Để trống: tính tất cả.',
  knownAt: 'Theo những gì đã biết lúc',
  knownAtHint: 'Chỉ tính những gì đã được ghi nhận trước thời điểm này. Để trống: những gì biết đến nay.',
  zone: 'Giờ Việt Nam.',
  show: 'Xem số liệu',
  bannerTitle: 'Số liệu nhìn lại, không phải số liệu hiện tại',
  banner: (asOf: string, knownAt: string) => `Tính đến ${asOf}, theo những gì đã biết lúc ${knownAt}.`,
  back: 'Về số liệu hiện tại',
  wrong: 'Thời điểm phải có ngày và giờ, và không được ở tương lai.',
  unknown: 'Lúc ấy hệ thống chưa biết gì về hội sách này.',
  thatDay: 'trong ngày',
};
