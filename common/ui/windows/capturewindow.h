// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "base/exportprogress.h"
#include "filewindow.h"
#include "ladder/recording.h"
#include "ui/wire/capturecontrol.h"

#include <QTimer>

class ConnectionCombo;
class GrowingList;
class QTabWidget;
class SequencePane;
class StreamPane;
class WirePane;

/// Shows one connection of a capture as a ladder and as tcpdump's page. The capture is live, or a file; segments that
/// are added to the file appear as they come.
class CaptureWindow : public FileWindow
{
    Q_OBJECT
public:
    /// A file. title: the name of the capture.
    CaptureWindow(const QString &path, const QString &title, QWidget *parent = nullptr);
    /// Two files, one captured at each end of the same conversation (JointCapture). They are not followed.
    struct Both {
        QString first;
        QString second;
    };
    explicit CaptureWindow(const Both &files, QWidget *parent = nullptr);
    /// Live: a port, whichever programs use it. interface: as in CaptureRequest.
    CaptureWindow(const QString &interface, quint16 port, QWidget *parent = nullptr);
    ~CaptureWindow() override;

private:
    CaptureWindow(quint16 port, const QString &title, QWidget *parent);
    /// name: the proposed name of exports.
    void createContent(const std::function<ExportSource()> &files, const QString &name);
    void setEmptyText(const QString &text);
    void read(const Both &files);
    void showJoint(const std::shared_ptr<JointCapture> &joint);
    void showCounts();
    void take(const std::vector<Segment> &segments);
    void swapEnds(int flow);
    void showFlow();
    QStringList payloadFiles() const;

    Recording m_recording;
    CaptureControl m_control;
    QTimer m_quiet; ///< a file without new segments for so long is over
    ConnectionCombo *m_flows;
    GrowingList *m_flowList;
    QTabWidget *m_tabs;
    SequencePane *m_sequence;
    WirePane *m_wire;
    StreamPane *m_stream;
    Errand m_reader;                           ///< of two files
    std::shared_ptr<ExportProgress> m_reading; ///< lets it end
    qint64 m_segments = 0;
    qint64 m_errors = 0; ///< of ICMP
};
