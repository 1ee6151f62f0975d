package io.sallyport.ratelimit.limit;

/** A quota, and what the limiter answered for it. */
record Counted(Quota quota, Permit permit) {}
