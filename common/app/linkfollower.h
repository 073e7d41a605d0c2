// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/capture.h"
#include "link/linkclient.h"

#include <deque>

class Recording;

/// Shows in a Recording what the emulated link carries, from the moment on when the link is connected: its reports, and
/// the segments in both files that it records. Owned by a window, which also owns the recording and the client; lives
/// on their thread.
class LinkFollower : public QObject
{
    Q_OBJECT
public:
    LinkFollower(LinkClient &link, Recording &recording, QObject *parent = nullptr);

    /// Whether every packet that is sent from now on will be shown, or none will.
    bool isSettled() const { return m_isSettled; }

signals:
    void settled(); ///< once

private:
    void begin();
    void miss();
    void follow(Side end, const QString &path, quint32 frames);
    void take(Side end);
    void showNext(Side end);
    void settle();

    LinkClient &m_link;
    Recording &m_recording;
    std::array<std::unique_ptr<Capture>, 2> m_captures; ///< by Side
    std::array<std::deque<Segment>, 2> m_waiting;       ///< to be shown in the next turns
    std::array<quint32, 2> m_skipped{};                 ///< packets at the beginning of the files
    int m_started = 0;
    bool m_hasBegun = false;
    bool m_isSettled = false;
};
