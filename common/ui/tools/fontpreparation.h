// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <thread>

/// Reads the system's font configuration in a thread of its own, while the application connects to the display. The
/// first text of a window needs it, and it takes a sixth of the time until the window is visible. Qt finds it in the
/// library, where threads may read it (fontconfig 2.10.91 and later). Does nothing on systems without fontconfig.
class FontPreparation
{
public:
    FontPreparation();
    ~FontPreparation(); ///< waits for the thread
    FontPreparation(const FontPreparation &) = delete;
    FontPreparation &operator=(const FontPreparation &) = delete;

    /// What the thread does. Creates no QObject: the first thread with one becomes Qt's main thread.
    static void read();

private:
    std::thread m_thread;
};
