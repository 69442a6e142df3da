package dev.heddle.support;

import org.openqa.selenium.chrome.ChromeDriver;

/// Any page: an example, or one whose scripts a test brings. Obtained from a [Browser].
public final class PlainPage extends WebPage {
    PlainPage(ChromeDriver driver, String window) {
        super(driver, window);
    }
}
