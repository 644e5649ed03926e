import { Component, type ReactNode } from 'react';
import th from '../../../locales/th/desk.json';

/** A page that failed while drawing says so in words; what was saved is on the server. */
export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="door">
        <div className="form">
          <p role="alert">{th['app.broken']}</p>
          <button type="button" className="link" onClick={() => location.reload()}>
            {th['app.retry']}
          </button>
        </div>
      </main>
    );
  }
}
