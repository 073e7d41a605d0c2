// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "ui/tools/fileopener.h"

class QLabel;

/// Opens the file, or both files, of --open in a window, and hides then. Visible only if opening takes long, or if
/// there is nothing to show.
class OpeningWindow : public FileWindow
{
    Q_OBJECT
public:
    /// second: a capture to show together with the first; empty: none.
    explicit OpeningWindow(const QString &path, const QString &second = {});

private:
    void take(const FileLook &look);

    FileOpener m_opener;
    QLabel *m_text;
};
