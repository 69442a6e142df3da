import { useEffect, useMemo, useState } from 'react';
import { Heddle } from 'heddle-client';

/** A client that is connected while the component is mounted, and the last change of its state. */
export function useHeddle(url, user) {
    const heddle = useMemo(() => new Heddle(url, { user }), [url, user]);
    const [connection, setConnection] = useState({ state: 'connecting', sentence: '' });
    useEffect(() => {
        const listen = ({ detail }) => setConnection(detail);
        heddle.addEventListener('state', listen);
        heddle.connect();
        return () => {
            heddle.close();
            heddle.removeEventListener('state', listen);
        };
    }, [heddle]);
    return [heddle, connection];
}

/**
 * The last 100 publications of a channel, oldest first. `recovered` is `true` when the connection was
 * lost and nothing was missed, and `false` when something was missed that cannot be had any more.
 */
export function useChannel(heddle, channel, rewind = 0) {
    const [publications, setPublications] = useState([]);
    const [recovered, setRecovered] = useState(null);
    useEffect(() => {
        const add = (publication) => setPublications((all) => [...all, publication].slice(-100));
        const subscription = heddle.subscribe(channel, { rewind, onPublication: add });
        subscription.addEventListener('subscribed', ({ detail }) => setRecovered(detail.recovered));
        return () => {
            subscription.unsubscribe();
            setPublications([]);
        };
    }, [heddle, channel, rewind]);
    return { publications, recovered };
}
