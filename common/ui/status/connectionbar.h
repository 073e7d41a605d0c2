// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionmodel.h"
#include "kernelmonitor.h"

#include <QWidget>

#include <optional>

class ConnectionCombo;
class QMenu;
class StateChip;

/// Shows the selected connection and the TCP state of both its ends. Owned by a window.
class ConnectionBar : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionBar(QWidget *parent = nullptr);

    ConnectionModel &model() { return m_model; }
    int selected() const; ///< id, or 0
    void select(int id);
    void addActionsTo(QMenu *menu); ///< the actions for a View menu

    void update(const std::map<int, ConnectionStatus> &changed);
    /// Sets the states of the selected connection. otherEnd is the state that the segments show, if they show one.
    void setStates(const KernelView &view, std::optional<TcpState> otherEnd);

signals:
    void selectionChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showStates();
    void giveRoom();

    ConnectionModel m_model;
    KernelView m_kernel;
    std::optional<TcpState> m_inferredOtherEnd;
    ConnectionCombo *m_combo;
    StateChip *m_thisEnd;
    StateChip *m_otherEnd;
};
