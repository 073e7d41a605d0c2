// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/capture.h"
#include "flows/flowtable.h"
#include "steps/step.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

/// The capture of a conversation: starts before the first SYN leaves, if the system allows it, and ends when it
/// contains the end of every connection. Writes the file of --capture. Owned by a window or a headless run; lives on
/// its thread. The packets are read on a thread of their own.
class ConversationCapture : public QObject
{
    Q_OBJECT
public:
    /// path: of --capture; empty: the packets go into a temporary file. flows: where the owner adds the segments of
    /// captured(), in a slot of that signal; must outlive this object.
    ConversationCapture(const QString &path, const FlowTable &flows, QObject *parent = nullptr);
    ~ConversationCapture() override;

    /// Why the file at the path cannot be written; empty if it can. Call this first.
    QString pathError() const;

    /// The emulated link records its devices itself: they are only captured for the file at the path.
    void setLinked() { m_isLinked = true; }

    /// Captures what a server that listens there will see, and ends an earlier capture. Then calls `listen` once:
    /// when the next segments will be captured, or when it is certain that they will not. At once if that capture
    /// runs already or a file is followed. Port 0: the system chooses a port, which is reserved until take() gets a
    /// Listening step.
    void beginServing(const QHostAddress &address, quint16 port, const std::function<void(quint16 port)> &listen);
    /// The same for a client that connects there.
    void beginConnecting(const QString &host, quint16 port, std::function<void()> connectNow);

    /// Captures a port that other programs use. interface: as in CaptureRequest.
    void watch(const QString &interface, quint16 port) { begin(interface, port, {}); }
    /// Hands out the segments of a capture file instead, including those that are added to it later.
    void follow(const QString &path);

    /// A step of the conversation: tells which connections to wait for, and gives the text of the packets' comments.
    void take(const Step &step);

    /// Ends the capture when it contains the end of every connection, or after a second; then the file of --capture is
    /// complete, and `then` is called. At once if nothing is captured.
    void finish(std::function<void()> then);

    quint16 port() const { return m_request.port; } ///< of the running or last capture
    bool isRunning() const { return m_isRunning; }
    const std::optional<CaptureProblem> &problem() const { return m_problem; } ///< why the last attempt failed
    /// The pcap file with the packets, by their Segment::frame; empty if nothing was captured.
    QString packetFile() const { return m_capture ? m_capture->path() : QString(); }
    /// The file with the payload, by Segment::payloadAt; empty if nothing was captured.
    QString payloadFile() const { return m_capture ? m_capture->contentPath() : QString(); }

    /// The segments of the running or last capture that came faster than they were read; may be an estimate.
    qint64 drops() const { return m_drops; }

    /// A sentence about the segments that were dropped so far; see CaptureSource::dropped().
    static QString dropSentence(qint64 segments, bool isExact);

signals:
    void began(); ///< frames count from 1 again
    /// At once, but at most once for each frame of the screen.
    void captured(const std::vector<Segment> &segments);
    void failed(
        const CaptureProblem &problem);       ///< no (more) segments come; the conversation continues without a capture
    void noted(const QString &sentence);      ///< for the log
    void dropped(const QString &sentence);    ///< segments came faster than they were read
    void leftOut(const QString &sentence);    ///< some packets give no segment; see LeftOut
    void fileFailed(const QString &sentence); ///< the file of --capture is incomplete

private:
    void begin(const QString &interface, quint16 port, std::function<void()> then);
    void capture(const QString &interface, quint16 port);
    void showFile(const QString &path);
    void afterLast(std::function<void()> next);
    void beginNext();
    void makeCapture();
    void awaitFrame();
    void takeBatch();
    void goOn();
    bool holdsEnd() const;
    void stop();
    void leaveFile();
    void writeComments();
    void conclude();

    const QString m_path;
    const FlowTable &m_flows;
    const bool m_isCommented; ///< the path names a pcapng file
    std::unique_ptr<Capture> m_capture;
    CaptureRequest m_request;
    std::optional<CaptureProblem> m_problem;
    qint64 m_drops = 0;
    bool m_isRunning = false;
    bool m_isFollowing = false;
    bool m_isLinked = false;
    QTcpSocket m_reserved; ///< reserves the port that was chosen for 0, until the server has it
    bool m_keepsFile;      ///< segments are written to the file at the path
    QTimer m_frame;
    QElapsedTimer m_sinceBatch;
    QTimer m_endTimer; ///< limits how long finish() waits for the end of connections
    std::function<void()> m_then;
    std::function<void()> m_next; ///< starts another capture when this one has ended
    std::function<void()> m_finished;
    std::vector<Step> m_steps; ///< for comments; without comments, only those that open a connection
};
