// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversationpane.h"
#include "sessionmenu.h"
#include "steps/step.h"

#include <optional>

class CaptureControl;
class ConversationRecord;
struct KernelSocket;
class LinkClient;
class SequencePane;
class StreamPane;
class WirePane;

/// What shows a conversation's record while it grows: the log, and the selected connection as a ladder and as
/// tcpdump's page. What is selected in one of them is selected in all. Owned by a ConversationWindow, which owns the
/// record too.
class ConversationViews : public ConversationPane
{
    Q_OBJECT
public:
    ConversationViews(ConversationRecord &record, CaptureControl &capture, QWidget *parent);

    SessionMenu::Source exportSource() const; ///< what the record has saved, and the selected connection's ladder
    void showConnection(int connection);
    void setLink(LinkClient &link, Side side); ///< in the window of this side
    void setTimeWaitLeft(Side side, const std::optional<KernelSocket> &socket);

    void addActionsTo(QMenu *menu);
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void saveRequested(const QString &path); ///< the ladder, as SequencePane
    /// The bytes of one end, or of both, as StreamPane.
    void saveStreamRequested(const QString &path, std::optional<Side> only);

private:
    QStringList payloadFiles() const; ///< by Segment::payloadFile

    const CaptureControl &m_capture;
    const ConversationRecord &m_record;
    SequencePane *m_sequence;
    WirePane *m_wire;
    StreamPane *m_stream;
};
