// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "matching/linkedflows.h"

#include <QObject>

class LadderView;
class LinkClient;
class QAction;

/// The ladder's commands for one packet that is on its way through the emulated link, by context menu and keys:
/// deliver, lose, duplicate and delay it. They act on the current row; Space delivers the packet that has waited
/// longest if the current row is no packet on its way. Owned by the view.
class PacketActions : public QObject
{
    Q_OBJECT
public:
    PacketActions(LadderView &view, LinkClient &link);

private:
    QAction *add(const char *objectName, const QString &text, const QKeySequence &key, void (PacketActions::*slot)());
    void refresh();
    LinkedFlows::Row row() const;        ///< the current one
    quint64 packet() const;              ///< of this row; 0: it is none that is on its way
    std::vector<quint64> copies() const; ///< of this packet, that are on their way, too
    void deliver();
    void lose();
    void loseCopies();
    void duplicate();
    void delay();

    LadderView &m_view;
    LinkClient &m_link;
    QAction *m_separator = nullptr;
    QAction *m_deliver = nullptr;
    QAction *m_lose = nullptr;
    QAction *m_loseCopies = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_delay = nullptr;
};
