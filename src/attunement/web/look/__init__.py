"""The look of all pages: that of the HTML reports, from whose palette, style sheets and scripts it is made."""
