use huaweicloud_workspace::types::{DesktopId, DesktopToImageReq, ImageName};

fn main() {
    let (desktop, name) = (DesktopId::from("d3b0"), ImageName::from("golden"));
    let _ = DesktopToImageReq::new(name, desktop);
}
