// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTextEdit;

/// Shows everything about one step: its line, its meaning, its facts, and its message in all forms. For an event it
/// shows the whole sentence, and no message. Content is created when it becomes visible. Owned by a DetailsPanel.
class DetailsView : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsView(QWidget *parent = nullptr);

    /// Sets what is currently known about the connection. Nothing is shown for an empty text.
    void setConnectionText(const QString &text);
    /// meaning: replaces that of StepText if it is not empty.
    void setStep(const std::optional<Step> &step, const QString &meaning = {});

    /// Returns the names and values of the facts, in the order of the view.
    static QList<std::pair<QString, QString>> facts(const Step &step);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class FactsPlace { Beside, Above, Tab }; ///< relative to the text and the bytes

    void placeFacts(FactsPlace place);
    void showTabs();
    void refresh();
    void showFacts();
    int namesWidth(const QList<std::pair<QString, QString>> &facts) const;
    void showContent();
    void showText() const;
    void addContent(QPlainTextEdit *edit, const QString &title, const std::function<void()> &fill);

    std::optional<Step> m_step;
    QString m_meaning;
    bool m_factsAreOld = true;
    FactsPlace m_factsPlace = FactsPlace::Beside;
    QBoxLayout *m_layout;
    QTextEdit *m_facts;
    QTabWidget *m_tabs;
    /// The content whose tab was in front before a step without content was selected.
    QWidget *m_lastContent = nullptr;
    QLabel *m_connection;
    QPlainTextEdit *m_text;

    /// The message in one form.
    struct Content {
        QPlainTextEdit *edit = nullptr;
        std::function<void()> fill; ///< for a message
        bool isOld = true;
    };
    std::vector<Content> m_contents; ///< in the order of their tabs
};
