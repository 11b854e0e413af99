/**
 * The configuration file: {@link io.github.mailflowlab.settings.SettingsReader} makes {@link
 * io.github.mailflowlab.settings.LabSettings} of it, or a list of everything wrong with it.
 */
@NullMarked
package io.github.mailflowlab.settings;

import org.jspecify.annotations.NullMarked;
