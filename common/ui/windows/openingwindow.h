// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "ui/tools/fileopener.h"

class QLabel;

/// Opens the file of --open in a window, and hides then. Visible only if opening takes long, or if there is nothing to
/// show.
class OpeningWindow : public FileWindow
{
    Q_OBJECT
public:
    explicit OpeningWindow(const QString &path);

private:
    void take(const FileLook &look);

    FileOpener m_opener;
    QLabel *m_text;
};
