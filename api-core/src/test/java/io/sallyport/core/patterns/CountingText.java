package io.sallyport.core.patterns;

/** A text that counts how often a matcher looks at a character of it, and stops it in the end. */
final class CountingText implements CharSequence {
  private final String text;
  private final long most;
  private long reads;

  CountingText(String text, long most) {
    this.text = text;
    this.most = most;
  }

  long reads() {
    return reads;
  }

  @Override
  public char charAt(int index) {
    if (++reads > most) {
      throw new IllegalStateException("more than " + most + " steps");
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
