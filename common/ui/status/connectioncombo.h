// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>

class QMenu;

/// Chooses one of the connections that a window knows; there may be thousands. Disabled while there is none. Owned by a window.
class ConnectionCombo : public QComboBox
{
    Q_OBJECT
public:
    /// characters: of a connection's text, that have room.
    ConnectionCombo(const char *objectName, int characters, QWidget *parent = nullptr);

    void addActionsTo(QMenu *menu); ///< what a View menu offers: the next and the previous connection
    void refresh();                 ///< after the model has more rows

private:
    void step(int rows);
};
