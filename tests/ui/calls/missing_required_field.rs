use huaweicloud_workspace::types::DesktopToImageReq;

fn main() {
    let _ = DesktopToImageReq::new("d3b0");
}
