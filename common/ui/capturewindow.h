// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "filewindow.h"
#include "ladder/recording.h"
#include "wire/capture.h"

#include <QTimer>

class ConnectionCombo;
class GrowingList;
class SequencePane;
class WirePane;

/// A capture file: one of its connections as a ladder and as tcpdump's page. What is added to the file is shown as it comes.
class CaptureWindow : public FileWindow
{
    Q_OBJECT
public:
    /// title: what people call the capture.
    CaptureWindow(const QString &path, const QString &title, QWidget *parent = nullptr);
    ~CaptureWindow() override;

private:
    QWidget *createContent();
    void takeBatch();
    void showFlow();

    Recording m_recording;
    Capture m_capture;
    QTimer m_frame; ///< from the first segment that came to the taking of all of them
    QTimer m_quiet; ///< from the last segment that came to taking the capture for ended
    ConnectionCombo *m_flows;
    GrowingList *m_flowList;
    SequencePane *m_sequence;
    WirePane *m_wire;
    qint64 m_segments = 0;
};
