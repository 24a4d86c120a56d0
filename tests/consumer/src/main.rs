//! Converts a desktop to an image, from the first question to the tag on the desktop:
//! `consumer DESKTOP_ID IMAGE_NAME`.
//!
//! It asks whether the desktop can be converted, starts the conversion, follows the job, finds the
//! image that the job has made, and tags the desktop with it. If the conversion is refused, it says
//! why, as far as the service tells.
//!
//! The key and the project come from the environment (`HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`,
//! `HUAWEICLOUD_SDK_PROJECT_ID`). `WORKSPACE_URL`, `IMS_URL` and `STS_URL` send it to other places
//! than the region's, and `JOB_INTERVAL_MS` and `JOB_LOOKS` change how it waits, as its test does.

use std::env;
use std::error::Error as StdError;
use std::process::ExitCode;
use std::time::Duration;

use huaweicloud_workspace::operations::ChangeDesktopToImageError;
use huaweicloud_workspace::types::{
    CloudImage, CloudImageStatus, CreateTagReq, DecodeAuthorizationMessageReq, DesktopToImageReq,
    ImageType, JobId, JobStatus, Tag,
};
use huaweicloud_workspace::{BuildError, Client, Error};

/// Whatever goes wrong: an error of a call, or a sentence.
type Failure = Box<dyn StdError>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(desktop), Some(name)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: consumer DESKTOP_ID IMAGE_NAME");
        return ExitCode::from(2);
    };
    match run(&desktop, &name).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The whole story, one step after the other.
async fn run(desktop: &str, name: &str) -> Result<(), Failure> {
    let client = client()?;
    check(&client, desktop).await?;
    let job = convert(&client, desktop, name).await?;
    println!("job {job}");
    follow(&client, &job, Patience::from_env()?).await?;
    let image = find(&client, name).await?;
    let id = image.id.ok_or("the image has no ID")?;
    println!("image {id}");
    let tag = Tag::new("image").value(name);
    client.create_tag(desktop, CreateTagReq::new(tag)).await?;
    println!("tagged {desktop}");
    Ok(())
}

/// A client from the environment.
fn client() -> Result<Client, BuildError> {
    let mut builder = Client::builder().region("ap-southeast-1").from_env()?;
    if let Ok(url) = env::var("WORKSPACE_URL") {
        builder = builder.base_url(url);
    }
    if let Ok(url) = env::var("IMS_URL") {
        builder = builder.ims_base_url(url);
    }
    if let Ok(url) = env::var("STS_URL") {
        builder = builder.sts_base_url(url);
    }
    builder.build()
}

/// Asks whether the desktop can be converted at all.
async fn check(client: &Client, desktop: &str) -> Result<(), Failure> {
    let sysprep = client.show_sysprep_info(desktop).await?;
    if sysprep.support_create_image == Some(false) {
        let version = sysprep.sysprep_version.as_deref().unwrap_or("unknown");
        return Err(format!("{desktop} cannot be converted (Sysprep {version})").into());
    }
    Ok(())
}

/// Starts the conversion. Of a refusal it says why, if the service sent what can be decoded.
async fn convert(client: &Client, desktop: &str, name: &str) -> Result<JobId, Failure> {
    let image = DesktopToImageReq::new(desktop, name).execute_sysprep(true);
    match client.change_desktop_to_image(image).await {
        Ok(accepted) => {
            let request = accepted.request_id().unwrap_or("unknown").to_owned();
            let job = accepted.into_inner().job_id;
            job.ok_or_else(|| format!("accepted without a job (request {request})").into())
        }
        Err(error) => {
            // That the reason cannot be had must not hide the refusal itself.
            match explain(client, &error).await {
                Ok(Some(reason)) => println!("refused: {reason}"),
                Ok(None) => {}
                Err(failure) => println!("refused, and the reason cannot be decoded: {failure}"),
            }
            Err(error.into())
        }
    }
}

/// Has the reason of a refusal decoded, if there is one.
async fn explain(
    client: &Client,
    error: &Error<ChangeDesktopToImageError>,
) -> Result<Option<String>, Failure> {
    let Some(ChangeDesktopToImageError::Forbidden(body)) = error.api() else {
        return Ok(None);
    };
    let Some(message) = &body.encoded_authorization_message else {
        return Ok(None);
    };
    let request = DecodeAuthorizationMessageReq::new(message.as_str());
    let decoded = client.decode_authorization_message(request).await?;
    Ok(decoded.into_inner().decoded_message)
}

/// How long to wait for a job.
struct Patience {
    /// The time between two looks.
    interval: Duration,
    /// How often to look at most.
    looks: u32,
}

impl Patience {
    /// A look every 15 seconds for half an hour, unless the environment says otherwise.
    fn from_env() -> Result<Self, Failure> {
        let number = |name: &str, usual: u32| match env::var(name) {
            Ok(text) => text.parse().map_err(|error| format!("{name}: {error}")),
            Err(_) => Ok(usual),
        };
        let interval = Duration::from_millis(number("JOB_INTERVAL_MS", 15_000)?.into());
        let looks = number("JOB_LOOKS", 120)?;
        Ok(Self { interval, looks })
    }
}

/// Looks at the job until it has finished. A job that has failed is an error, and so is one that
/// takes too long.
async fn follow(client: &Client, job: &JobId, patience: Patience) -> Result<(), Failure> {
    for _ in 0..patience.looks {
        tokio::time::sleep(patience.interval).await;
        let shown = client.show_job(job.clone()).await?;
        match &shown.status {
            Some(JobStatus::Success) => return Ok(()),
            Some(JobStatus::Failed) => {
                let code = shown.job_error_code.as_deref().unwrap_or("no code");
                let reason = shown.fail_reason.as_deref().unwrap_or("no reason given");
                return Err(format!("job {job} failed: {reason} ({code})").into());
            }
            // A status that is not known today is no end of the job either.
            Some(status) => println!("still {status}"),
            None => println!("no status yet"),
        }
    }
    Err(format!("job {job} has not finished, and may still do so").into())
}

/// Finds the image that the job has made. The job does not name it, so its name has to do.
async fn find(client: &Client, name: &str) -> Result<CloudImage, Failure> {
    let page = client
        .list_cloud_images()
        .imagetype(ImageType::Private)
        .name(name)
        .status(CloudImageStatus::Active)
        .await?;
    let mut images = page.into_inner().images.unwrap_or_default().into_iter();
    match (images.next(), images.next()) {
        (Some(image), None) => Ok(image),
        (None, _) => Err(format!("no image is called {name}").into()),
        (Some(_), Some(_)) => Err(format!("several images are called {name}").into()),
    }
}
