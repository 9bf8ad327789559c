import sharp from "sharp";

// Pictures are read many at a time, one a thread: threads inside a decode would only fight for the same cores.
sharp.concurrency(1);
// Every file is read once; what is kept of it is kept by whoever asked.
sharp.cache(false);

export default sharp;
