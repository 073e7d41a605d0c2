// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "ui/tools/fileopener.h"

class QLabel;

/// Opens a file in a window of its own (--open), and gives way to it. Is seen only where that takes long, or where there is
/// nothing to show.
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
