use huaweicloud_workspace::Client;

async fn look(client: &Client) {
    let _ = client.show_job().await;
}

fn main() {}
