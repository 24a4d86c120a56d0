//! Converts a desktop to an image and looks at the job: `consumer DESKTOP_ID IMAGE_NAME`.
//!
//! The key and the project come from the environment (`HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`,
//! `HUAWEICLOUD_SDK_PROJECT_ID`). `WORKSPACE_URL` and `STS_URL` send it to another place than the
//! region's, as its test does.

use std::process::ExitCode;

use huaweicloud_workspace::operations::ChangeDesktopToImageError;
use huaweicloud_workspace::types::{DecodeAuthorizationMessageReq, DesktopToImageReq, JobStatus};
use huaweicloud_workspace::{AnyError, Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(desktop), Some(name)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: consumer DESKTOP_ID IMAGE_NAME");
        return ExitCode::from(2);
    };
    match convert(&desktop, &name).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A client from the environment.
fn client() -> Result<Client, AnyError> {
    let mut builder = Client::builder().region("ap-southeast-1").from_env()?;
    if let Ok(url) = std::env::var("WORKSPACE_URL") {
        builder = builder.base_url(url);
    }
    if let Ok(url) = std::env::var("STS_URL") {
        builder = builder.sts_base_url(url);
    }
    Ok(builder.build()?)
}

/// Starts the conversion, looks at the job once, and explains a refusal.
async fn convert(desktop: &str, name: &str) -> Result<(), AnyError> {
    let client = client()?;
    let image = DesktopToImageReq::new(desktop, name).execute_sysprep(true);
    let accepted = match client.change_desktop_to_image(image).await {
        Ok(accepted) => accepted,
        Err(error) => {
            explain(&client, &error).await?;
            return Err(error.into());
        }
    };
    let Some(job_id) = accepted.job_id.clone() else {
        println!("accepted without a job, request {:?}", accepted.request_id());
        return Ok(());
    };
    println!("job {job_id}");
    let job = client.show_job(job_id).await?;
    match &job.status {
        Some(JobStatus::Success) => println!("done"),
        Some(JobStatus::Failed) => println!("failed: {}", job.fail_reason.as_deref().unwrap_or("?")),
        Some(status) => println!("still {status}"),
        None => println!("no status"),
    }
    Ok(())
}

/// Has a refusal decoded, if the service sent what can be.
async fn explain(
    client: &Client,
    error: &Error<ChangeDesktopToImageError>,
) -> Result<(), AnyError> {
    let Some(ChangeDesktopToImageError::Forbidden(body)) = error.api() else { return Ok(()) };
    if let Some(message) = &body.encoded_authorization_message {
        let request = DecodeAuthorizationMessageReq::new(message.as_str());
        let decoded = client.decode_authorization_message(request).await?;
        println!("refused: {}", decoded.decoded_message.as_deref().unwrap_or("no reason given"));
    }
    Ok(())
}
