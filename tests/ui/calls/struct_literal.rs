use huaweicloud_workspace::types::TagKeyValue;

fn main() {
    // A property that is added later must not break this program, so it is no program.
    let _ = TagKeyValue { key: None, value: None };
}
