// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationviews.h"

#include "app/conversationrecord.h"
#include "steps/shortevent.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/link/packetactions.h"
#include "ui/steps/logpane.h"
#include "ui/stream/streampane.h"
#include "ui/wire/capturecontrol.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QFileInfo>
#include <QMenu>

namespace {

/// What answered to an attempt to connect; empty if that was not captured, or for any other step.
QString refusalIn(const Recording &recording, StepRow step)
{
    const auto refusal = recording.match().refusalOf(step);
    if (!refusal)
        return {};
    return refusal->error ? StepText::meaningOfRefusal(refusal->error->name(), refusal->error->reporterText())
                          : StepText::meaningOfRefusal({}, {});
}

} // namespace

ConversationViews::ConversationViews(ConversationRecord &record, CaptureControl &capture, QWidget *parent)
    : ConversationPane(record.session(), parent)
    , m_capture(capture)
    , m_record(record)
    , m_sequence(new SequencePane(record.recording()))
    , m_wire(new WirePane(record.recording()))
    , m_stream(new StreamPane(record.recording(), [this] { return payloadFiles(); }))
{
    m_wire->serve(capture);
    addView(m_sequence, tr("Sequence"), tr("The connection as a ladder: its segments, steps and states"));
    addView(m_wire, tr("Wire"), tr("The connection's segments, as tcpdump prints them"));
    addView(m_stream, tr("&Stream"), tr("The connection's bytes, as the segments carried them"), Place::MoreMenu);
    for (QWidget *view : {static_cast<QWidget *>(m_sequence->view()), static_cast<QWidget *>(m_wire->view())})
        m_stream->addFollowActionTo(*view, [this] { showView(m_stream); });
    m_stream->selectWith(m_sequence->selection());
    connect(m_stream, &StreamPane::saveRequested, this,
            [this](const QString &path) { emit saveStreamRequested(path, m_stream->only()); });
    log()->follow(m_sequence->selection());
    log()->setMeanings([&record](qsizetype row) { return refusalIn(record.recording(), StepRow(row)); });
    connect(&record.recording(), &Recording::changed, log(), &LogPane::refreshMeaning);
    m_wire->selectWith(*m_sequence);
    connect(m_sequence, &SequencePane::saveRequested, this, &ConversationViews::saveRequested);
    connect(&capture, &CaptureControl::showHowRequested, this, [this] {
        showView(m_wire);
        m_wire->showHowToCapture();
    });
}

SessionMenu::Source ConversationViews::exportSource() const
{
    const QString session = m_record.session().path();
    ExportSource files = m_capture.exportSource(session);
    files.payload = payloadFiles();
    if (const LinkedFlows *link = m_record.recording().link(); link && files.capture.isEmpty())
        files.capture = link->files().at(int(m_record.side()));
    return {.files = files, .ladder = &m_sequence->model(), .name = QFileInfo(session).completeBaseName()};
}

QStringList ConversationViews::payloadFiles() const
{
    QStringList files{m_capture.payloadFile()};
    if (const LinkedFlows *link = m_record.recording().link())
        files += link->files();
    return files;
}

void ConversationViews::showConnection(int connection)
{
    m_sequence->model().showConnection(connection);
    m_wire->lines().showConnection(connection);
    m_stream->showConnection(connection);
}

void ConversationViews::setLink(LinkClient &link, Side side)
{
    new PacketActions(*m_sequence->view(), link);
    m_wire->setSeenAt(side);
}

void ConversationViews::setTimeWaitLeft(Side side, const std::optional<KernelSocket> &socket)
{
    m_sequence->model().setTimeWaitLeft(side, socket ? socket->endsInSeconds() : -1);
}

void ConversationViews::addActionsTo(QMenu *menu)
{
    ConversationPane::addActionsTo(menu);
    menu->addSeparator();
    m_sequence->addActionsTo(menu);
    m_wire->addActionsTo(menu);
}

void ConversationViews::restore(const QSettings &settings)
{
    ConversationPane::restore(settings);
    m_sequence->restore(settings);
    m_wire->restore(settings);
}

void ConversationViews::save(QSettings &settings) const
{
    ConversationPane::save(settings);
    m_sequence->save(settings);
    m_wire->save(settings);
}

#include "moc_conversationviews.cpp"
