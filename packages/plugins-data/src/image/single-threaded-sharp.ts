import sharp from "sharp";

// Samples are prepared many at a time, one a thread: threads inside a decode would only fight for the same cores.
sharp.concurrency(1);
// Every file is read once; what is kept of it is kept by the loader.
sharp.cache(false);

export default sharp;
