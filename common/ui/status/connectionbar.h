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

/// Which connection is looked at, and the TCP state of its two ends. Owned by a window.
class ConnectionBar : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionBar(QWidget *parent = nullptr);

    ConnectionModel &model() { return m_model; }
    int selected() const; ///< id, or 0
    void select(int id);
    void addActionsTo(QMenu *menu); ///< what a View menu offers

    void update(const std::map<int, ConnectionStatus> &changed);
    /// Of the selected connection. otherEnd: its state as the segments tell it, where they do.
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
