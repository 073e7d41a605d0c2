// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packetactions.h"

#include "ladder/laddermodel.h"
#include "link/linkclient.h"
#include "ui/ladder/ladderview.h"

#include <QAction>

using namespace std::chrono_literals;

PacketActions::PacketActions(LadderView &view, LinkClient &link)
    : QObject(&view)
    , m_view(view)
    , m_link(link)
{
    m_separator = new QAction(this);
    m_separator->setSeparator(true);
    view.addAction(m_separator);
    m_deliver = add("deliverPacket", tr("&Deliver"), Qt::Key_Space, &PacketActions::deliver);
    m_lose = add("losePacket", tr("&Lose"), Qt::Key_Delete, &PacketActions::lose);
    m_loseCopies =
        add("loseCopies", tr("Lose Its Other &Copies"), Qt::SHIFT | Qt::Key_Delete, &PacketActions::loseCopies);
    m_duplicate = add("duplicatePacket", tr("D&uplicate"), Qt::Key_Insert, &PacketActions::duplicate);
    m_delay = add("delayPacket", tr("Deliver in &1 s"), Qt::SHIFT | Qt::Key_Space, &PacketActions::delay);
    connect(&view, &LadderView::currentRowChanged, this, &PacketActions::refresh);
    connect(&view.model(), &LadderModel::changed, this, &PacketActions::refresh);
    connect(&view.model(), &LadderModel::reset, this, &PacketActions::refresh);
    connect(&link, &LinkClient::stateChanged, this, &PacketActions::refresh);
    refresh();
}

QAction *PacketActions::add(const char *objectName, const QString &text, const QKeySequence &key,
                            void (PacketActions::*slot)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(objectName));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    m_view.addAction(action);
    return action;
}

void PacketActions::refresh()
{
    const quint64 current = packet();
    m_deliver->setEnabled(current > 0 || m_link.heldCount() > 0);
    for (QAction *action : {m_lose, m_duplicate, m_delay})
        action->setEnabled(current > 0);
    m_loseCopies->setEnabled(!copies().empty());
    for (QAction *action : {m_separator, m_deliver, m_lose, m_loseCopies, m_duplicate, m_delay})
        action->setVisible(m_link.isConnected());
}

quint64 PacketActions::packet() const
{
    const LinkedFlows *flows = m_view.model().recording().link();
    return flows ? flows->packetAt(row()) : 0;
}

std::vector<quint64> PacketActions::copies() const
{
    return packet() > 0 ? m_view.model().recording().link()->copiesOf(row()) : std::vector<quint64>();
}

LinkedFlows::Row PacketActions::row() const
{
    const LadderModel &model = m_view.model();
    const LadderIndex current = m_view.currentRow();
    const bool isThere = current.isValid() && current.value() < model.count();
    return {model.flowIndex(), isThere ? model.itemAt(current).segment.value() : -1};
}

void PacketActions::deliver()
{
    if (const quint64 id = packet())
        m_link.deliver(id);
    else
        m_link.deliverFirst();
}

void PacketActions::lose()
{
    m_link.lose(packet());
}

void PacketActions::loseCopies()
{
    for (const quint64 copy : copies())
        m_link.lose(copy);
}

void PacketActions::duplicate()
{
    m_link.duplicate(packet());
}

void PacketActions::delay()
{
    m_link.delay(packet(), 1s);
}

#include "moc_packetactions.cpp"
