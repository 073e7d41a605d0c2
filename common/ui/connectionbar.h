// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionmodel.h"
#include "conversation/journal.h"
#include "kernelmonitor.h"

#include <QWidget>

class ConnectionCombo;
class ElidedLabel;
class QLabel;
class QMenu;

/// Which connection is looked at, its state, and what the end itself does (listens, connects). Owned by a window.
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
    void setActivity(const Activity &activity);
    void setKernel(const KernelView &view); ///< of the selected connection

signals:
    void selectionChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showState();

    ConnectionModel m_model;
    KernelView m_kernel;
    ConnectionCombo *m_combo;
    QLabel *m_state;
    ElidedLabel *m_peerState;
    ElidedLabel *m_activity;
};
