// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturefile.h"
#include "capturesource.h"

#include <QTimer>

/// Reads the segments of a capture file, and those that are appended to it later, as fast as the queue is emptied. On
/// the capture's thread.
class FileSource : public CaptureSource
{
    Q_OBJECT
public:
    FileSource(const QString &path, SegmentQueue &queue);

    void start() override; ///< started() follows once some of the file has been read
    void stop() override;

private:
    CaptureFile::State read();
    LeftOut leftOut() const;
    void readOn();

    const QString m_path;
    CaptureFile m_file;
    QTimer m_timer;
    bool m_hasStarted = false;
    int m_checksAtEnd = 0; ///< since the file has grown
    bool m_waits = false;  ///< for the queue to be drained
};
