#![deny(unused_must_use)]

use huaweicloud_workspace::Client;

fn look(client: &Client) {
    client.show_job("1");
}

fn main() {}
